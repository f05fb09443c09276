SHOW server_version_num;
