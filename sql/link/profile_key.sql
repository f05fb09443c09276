-- The keys of every profile.
CREATE TABLE profile_key AS FROM keys_of('profile')
