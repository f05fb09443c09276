-- A number with a name that agrees is the person. Where the name is cut short, or there is none, something else must agree.
CREATE VIEW number_certain AS
SELECT * FROM number_pair
WHERE names IN ('same', 'sound', 'unreadable') OR (names = 'part' AND phone)
    OR (names = 'missing' AND (phone OR household OR current))
