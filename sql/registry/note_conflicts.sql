-- Records of which people or the records before them say otherwise: an alert beside the review cases.
INSERT INTO audit.event (action, subject, detail)
SELECT 'alert', format('registry extract %s', :load_id), jsonb_build_object('says', format(told.says, count(*)))
FROM (VALUES ('number_held_apart', '%s records bear number and name of persons whom people hold apart; they are in review'),
             ('record_of_another', '%s newer versions of records are another''s than the version before, which holds no longer; they are in review')
     ) AS told(rule, says) JOIN incoming USING (rule)
GROUP BY told.rule, told.says ORDER BY told.rule;
