-- Files that were held for doubt and wait for somebody, with the figures; also those whose decision is at work or was cut short:
-- approved and not published, or refused, but without a new receipt. settled_employer: whose it is taken for whatever its
-- title says, as it was before it was held.
SELECT s.submission_id, s.employer_uscc AS employer, to_char(s.period, 'YYYY-MM') AS month, s.kind, d.reason_code AS reason,
       d.persons_before, d.persons_now, d.missing, d.missing_later, d.usual_loss, d.other_names, d.other_numbers,
       d.replaced, d.named_again, d.unsure_columns, d.moved_columns, d.figures, d.would_be_of,
       (SELECT string_agg(o.employer_uscc || ': ' || o.lines, ', ' ORDER BY o.lines DESC, o.employer_uscc)
        FROM intake.doubt_employer AS o WHERE o.submission_id = s.submission_id) AS of_others,
       s.rows_held + s.rows_refused AS lines, s.received_at::timestamp(0) AS received_at, h.verdict AS decided,
       s.batch_id, CASE WHEN d.reason_code <> 'no_authority' AND s.given_employer = s.employer_uscc THEN s.given_employer END AS settled_employer
FROM intake.doubt AS d
JOIN intake.submission AS s USING (submission_id)
LEFT JOIN ledger.hold_decision AS h USING (submission_id)
WHERE s.reason_code = d.reason_code
  AND (h.verdict IS NULL AND s.outcome = 'held'
       -- Its receipt is there: until then its batch is still at work on it.
       AND s.state = 'closed'
       AND NOT EXISTS (SELECT FROM intake.submission AS later WHERE later.again_of = s.submission_id)
       -- Of a replay only as long as there is a former self to replace, and by the newest.
       AND (s.replay_of IS NULL
            OR EXISTS (SELECT FROM ledger.standing_submission AS t WHERE t.submission_id = s.replay_of)
               AND NOT EXISTS (SELECT FROM intake.submission AS newer
                               WHERE newer.replay_of = s.replay_of AND newer.submission_id > s.submission_id))
       OR h.verdict = 'refused' AND s.state <> 'closed'
       OR h.verdict = 'approved' AND EXISTS (SELECT FROM intake.batch AS b
                                             WHERE b.run_by = 'approval of ' || s.submission_id AND b.closed_at IS NULL))
ORDER BY s.submission_id;
