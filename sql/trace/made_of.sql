-- Which other submission a submission is a form of, and which are one of it.
SELECT 'repeat of' AS is, repeat_of AS submission FROM intake.submission WHERE submission_id = :submission_id AND repeat_of IS NOT NULL
UNION ALL
SELECT 'replay of', replay_of FROM intake.submission WHERE submission_id = :submission_id AND replay_of IS NOT NULL
UNION ALL
SELECT 'taken again of', again_of FROM intake.submission WHERE submission_id = :submission_id AND again_of IS NOT NULL
UNION ALL
SELECT 'replayed as', submission_id FROM intake.submission WHERE replay_of = :submission_id
UNION ALL
SELECT 'taken again as', submission_id FROM intake.submission WHERE again_of = :submission_id
ORDER BY 1, 2;
