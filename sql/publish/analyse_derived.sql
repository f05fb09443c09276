-- Each time: what a session's table was like with the file before says nothing of this one, and would be believed.
ANALYZE derived_spell;
