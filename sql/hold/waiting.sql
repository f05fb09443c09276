-- Files that were held for doubt and wait for somebody, with the figures; also those whose decision was cut short: approved but
-- not taken again, refused but without a receipt.
SELECT s.submission_id, s.employer_uscc AS employer, to_char(s.period, 'YYYY-MM') AS month, s.kind, d.reason_code AS reason,
       d.persons_before, d.persons_now, d.missing, d.usual_loss, d.other_names, d.other_numbers,
       d.replaced, d.named_again, d.unsure_columns, d.moved_columns, d.would_be_of,
       (SELECT string_agg(o.employer_uscc || ': ' || o.lines, ', ' ORDER BY o.lines DESC, o.employer_uscc)
        FROM intake.doubt_employer AS o WHERE o.submission_id = s.submission_id) AS of_others,
       s.rows_held + s.rows_refused AS lines, s.received_at::timestamp(0) AS received_at
FROM intake.doubt AS d
JOIN intake.submission AS s USING (submission_id)
WHERE s.reason_code = d.reason_code
  AND (s.outcome = 'held' AND NOT EXISTS (SELECT FROM intake.submission AS later WHERE later.again_of = s.submission_id)
       OR s.outcome = 'refused' AND s.state <> 'closed')
  -- Of a replay only as long as there is a former self to replace, and by the newest.
  AND (s.replay_of IS NULL
       OR EXISTS (SELECT FROM ledger.standing_submission AS t WHERE t.submission_id = s.replay_of)
          AND NOT EXISTS (SELECT FROM intake.submission AS newer
                          WHERE newer.replay_of = s.replay_of AND newer.submission_id > s.submission_id))
ORDER BY s.submission_id;
