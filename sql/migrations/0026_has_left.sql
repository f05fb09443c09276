-- Whoever is named as active in a later month had not left; and only who has not left can be found absent.
CREATE FUNCTION warehouse.has_left(told date, last_active date) RETURNS boolean LANGUAGE sql IMMUTABLE
    RETURN coalesce(told >= last_active, told IS NOT NULL);
COMMENT ON FUNCTION warehouse.has_left(date, date) IS
    'Whether a leave date, or the last month that says that a person has left, still holds beside the last month in which he was named as active';
GRANT EXECUTE ON FUNCTION warehouse.has_left(date, date) TO clearbase_loader;
