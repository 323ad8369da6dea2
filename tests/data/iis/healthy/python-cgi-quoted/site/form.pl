print "x";
