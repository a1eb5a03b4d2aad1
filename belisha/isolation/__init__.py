"""Reading files from strangers in a process of its own, with limits that hold against native code, too."""
