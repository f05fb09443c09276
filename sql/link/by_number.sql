-- Each profile's one record by its number: of doubles the one that says more of what the line says, then the one that says more.
CREATE TABLE by_number AS
SELECT line, who, id, names FROM number_certain WHERE who >= 0
QUALIFY row_number() OVER (
    PARTITION BY line ORDER BY names = 'same' DESC, phone::INT + household::INT + current::INT DESC, told DESC, id, who) = 1
