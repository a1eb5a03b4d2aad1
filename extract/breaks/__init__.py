"""What a page break cuts: tables, rows and cells that go on, and what runs along every page's edge."""
