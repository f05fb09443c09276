-- Of a key that was deleted meanwhile nothing comes back.
UPDATE identity.person_key AS k SET wrapped = a.sealed FROM sealed_anew AS a WHERE k.key_no = a.id;
