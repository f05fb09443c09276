-- Two sounds are one, also where a Latin name has its surname last.
CREATE OR REPLACE MACRO sounds_same(sound_a, turned_a, sound_b, turned_b) AS
    coalesce(sound_a = sound_b, FALSE) OR coalesce(turned_a = sound_b, FALSE) OR coalesce(sound_a = turned_b, FALSE)
