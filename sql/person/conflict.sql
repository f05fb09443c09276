-- Whether an act waits for somebody to look again.
SELECT EXISTS (SELECT FROM identity.conflict_case WHERE act = :act);
