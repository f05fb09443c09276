-- Records that say what people have decided otherwise: number and name of several whom they hold apart (in review), or a newer version of
-- somebody's record with number and name of somebody from whom he is held apart.
INSERT INTO audit.event (action, subject, detail)
SELECT 'alert', format('registry extract %s', :load_id),
       jsonb_build_object('says', format('%s records bear number and name of persons whom people hold apart, %s of them are in review',
                                         count(*), count(*) FILTER (WHERE i.rule = 'number_held_apart')))
FROM incoming AS i
LEFT JOIN identity.person_token AS t ON t.number = i.number AND t.name = i.name
WHERE i.rule = 'number_held_apart'
   OR i.rule = 'same_record' AND EXISTS (SELECT FROM identity.negative AS n WHERE n.person_id = i.person_id AND n.other_person_id = t.person_id)
HAVING count(*) > 0;
