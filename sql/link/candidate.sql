-- Whom a residual profile may be, by which key. Two whole numbers that differ come into question against a record alone, and only
-- under one name with a phone, a house or a room in common; the blocks bring up no others.
CREATE TABLE candidate (line BIGINT, who BIGINT, block VARCHAR)
