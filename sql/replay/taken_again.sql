-- A replayed file that was held is taken again once it is approved: it is the replay's, who asked for that and why goes with it.
UPDATE intake.replay_file SET replayed_as = :taken_again_as WHERE replayed_as = :submission_id;
