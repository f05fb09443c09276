-- Whom a residual profile may be, by which key.
CREATE TABLE candidate (line BIGINT, who BIGINT, block VARCHAR)
