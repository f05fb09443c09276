-- A number with a name that agrees is the person. Where the name is cut short, its surname alone is
-- another, or there is none, something else must agree: relatives share a house, and seldom a phone.
CREATE VIEW number_certain AS
SELECT * FROM number_pair
WHERE names IN ('same', 'sound', 'unreadable') OR (names IN ('part', 'surname_slip') AND phone)
    OR (names = 'missing' AND (phone OR household OR current))
