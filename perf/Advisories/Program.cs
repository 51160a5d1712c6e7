using Plimsoll.Perf.Advisories;

// The parts of perf/advisories that are a program. It says what each is for.
//   seed IMAGES PACKAGES EXPORT   fills the database that DATABASE_URL names with images of packages that the export knows
//   measure T0 T1                 brings both exports in turn, and prints what each step took
//   load T1                       brings one export into a database that has none, and prints what it took
return args switch
{
    ["seed", var images, var packages, var export] => await Seed.Run(int.Parse(images), int.Parse(packages), export),
    ["measure", var before, var after] => await Measurement.Run(before, after),
    ["load", var export] => await Measurement.Load(export),
    _ => throw new ArgumentException("perf/advisories says how it is called"),
};
