-- Who gives identity numbers to persons does it alone: two employers may publish one number at once, or a registry load.
SELECT pg_advisory_xact_lock(hashtext('clearbase.numbers'));
