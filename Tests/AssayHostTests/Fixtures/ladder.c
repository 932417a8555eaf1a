// Functions to be described truly and falsely.
double takes_two(double a, double b) { return a + b; }
int takes_int(int a) { return a; }
