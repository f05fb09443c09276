SELECT chain FROM audit.event WHERE event_id = :event_id;
