WITH batch AS (
    INSERT INTO intake.batch (batch_id, closed_at) VALUES (1000000, now()) RETURNING batch_id
), one AS (
    INSERT INTO intake.submission (submission_id, batch_id, file_name, file_name_sealed, source_key, file_sha256, file_bytes, employer_uscc, period, kind,
        state, outcome, rows_read, rows_published, rows_set_aside)
    SELECT submission_id, batch_id, 'fill', '', submission_id::text::bytea, submission_id::text::bytea, 1, employer_uscc, '2025-12-01', 'full', 'closed',
           'published', count(*), count(*), 0
    FROM public.spell, batch GROUP BY submission_id, batch_id, employer_uscc
)
INSERT INTO ledger.submission (submission_id, employer_uscc, period, kind, lines)
SELECT submission_id, employer_uscc, '2025-12-01', 'full', count(*) FROM public.spell GROUP BY submission_id, employer_uscc
