-- A number that was cut after all is no whole one.
UPDATE profile_key SET valid = FALSE WHERE valid AND no IN (SELECT no FROM profile WHERE NOT valid)
