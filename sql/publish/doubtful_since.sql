-- From which month on a line can be somebody who has gone missing: that in hand, or the first after anybody was named last.
SELECT coalesce(least(CAST(:period AS date), (min(last_named) + interval '1 month')::date), 'infinity') FROM named_spell;
