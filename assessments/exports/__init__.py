"""A report as files for other programs: data, tables, documents; each format a module, all from the same `Report`."""
