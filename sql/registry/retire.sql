UPDATE identity.record_person AS p SET current = false FROM incoming AS i WHERE p.record_id = i.replaces;
