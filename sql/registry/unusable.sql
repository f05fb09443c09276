CREATE TEMPORARY TABLE unusable (
    registry_no bytea,
    number bytea,
    name bytea,
    name_birth bytea,
    phone bytea
) ON COMMIT DROP;
