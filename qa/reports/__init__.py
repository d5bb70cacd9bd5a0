"""The page of `wenju index --report`: what became of every file of a folder; made by `qa.reports.page.write_report`."""
