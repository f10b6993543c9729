"""Tables of records and what stands around them: the filter above, the details beside."""
