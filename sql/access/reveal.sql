SELECT what, id, key_no, sealed, wrapped FROM audit.reveal(:event);
