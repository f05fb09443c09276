-- One name after folding, or one sound.
CREATE OR REPLACE MACRO spoken_same(name_a, sound_a, turned_a, name_b, sound_b, turned_b) AS
    coalesce(name_a = name_b, FALSE) OR sounds_same(sound_a, turned_a, sound_b, turned_b)
