-- The figures for which a file was held, one a row; none that are nothing.
SELECT f.figure, f.value
FROM intake.doubt AS d
CROSS JOIN LATERAL (VALUES ('reason', d.reason_code), ('persons before', d.persons_before::text), ('persons on it', d.persons_now::text),
                           ('missing', nullif(d.missing, 0)::text),
                           ('missing on later rosters', nullif(d.missing_later, 0)::text), ('largest loss before', round(d.usual_loss, 2)::text),
                           ('numbers under other names', nullif(d.other_names, 0)::text),
                           ('changed numbers', nullif(d.other_numbers, 0)::text),
                           ('persons that it would replace', nullif(d.replaced, 0)::text),
                           ('of them named again', nullif(d.named_again, 0)::text),
                           ('columns taken on a likeness', nullif(d.unsure_columns, 0)::text),
                           ('columns taken for something else than before', nullif(d.moved_columns, 0)::text),
                           ('approved, it would be the roster of', d.would_be_of)) AS f (figure, value)
WHERE d.submission_id = :submission_id AND f.value IS NOT NULL
UNION ALL
SELECT replace(f.key, '_', ' '), CASE WHEN jsonb_typeof(f.value) = 'number' THEN round(f.value::numeric, 3)::text ELSE f.value #>> '{}' END
FROM intake.doubt AS d CROSS JOIN LATERAL jsonb_each(d.figures) AS f
WHERE d.submission_id = :submission_id AND f.value NOT IN ('null', '0', '0.0');
