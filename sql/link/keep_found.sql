-- Candidates by one key; a line for which it brings up more than the most records gets none of them, nor of lines.
INSERT INTO candidate
SELECT line, who, $block FROM found WHERE who <> -1 - line
QUALIFY count(*) OVER (PARTITION BY line, who >= 0) <= $most
