SELECT act, kind, person_id, other_person_id, contradicts FROM identity.conflict_case WHERE act = :act;
