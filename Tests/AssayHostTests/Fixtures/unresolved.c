// Needs a function that nothing defines.
extern double defined_nowhere(double);
double calls_nothing(double x) { return defined_nowhere(x); }
