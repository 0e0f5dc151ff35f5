-- A name keeps one release: no two have the same. Releases without a name are not compared.
create unique index release_name on ops.release (name);

-- The two shares of a standard were taken for a confidence interval.
comment on column mart_rows.wait_standard.share_low is 'met / due: the share met if none of the unknown ones was. A bound of what is not known, no confidence interval. Null if none is due. Unit: share. Never add.';
comment on column mart_rows.wait_standard.share_high is '(met + unknown) / due: the share met if all of the unknown ones were. A bound of what is not known, no confidence interval. Null if none is due. Unit: share. Never add.';
comment on column mart.wait_standard.share_low is 'met / due: the share met if none of the unknown ones was. A bound of what is not known, no confidence interval. Null if none is due. Unit: share. Never add.';
comment on column mart.wait_standard.share_high is '(met + unknown) / due: the share met if all of the unknown ones were. A bound of what is not known, no confidence interval. Null if none is due. Unit: share. Never add.';
comment on column bi.wait_standard.share_low is 'met / due: the share met if none of the unknown ones was. A bound of what is not known, no confidence interval. Null if none is due. Unit: share. Never add.';
comment on column bi.wait_standard.share_high is '(met + unknown) / due: the share met if all of the unknown ones were. A bound of what is not known, no confidence interval. Null if none is due. Unit: share. Never add.';
comment on column bi.wait_standard_by_slice.share_low is 'met / due: the share met if none of the unknown ones was. A bound of what is not known, no confidence interval. Null if none is due. Unit: share. Never add.';
comment on column bi.wait_standard_by_slice.share_high is '(met + unknown) / due: the share met if all of the unknown ones were. A bound of what is not known, no confidence interval. Null if none is due. Unit: share. Never add.';
