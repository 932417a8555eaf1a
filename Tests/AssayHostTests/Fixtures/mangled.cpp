// Somebody forgot extern "C".
double similarity(double a) { return a; }
