using Plimsoll.Perf.Service;

// The parts of perf/service that are programs. It says what each is for.
//   seed IMAGES PACKAGES ROWS     fills the database that DATABASE_URL names; prints the digests of its images, then a report's bytes in a file
//   finished COUNT                adds inspections that have ended
//   queue WORKERS SECONDS         prints how many inspections a second are put in, taken and completed
//   bare FILE FOLDER              a bare web application: a file from memory, uploads into a folder
return args switch
{
    ["seed", var images, var packages, var report] => await Seed.Run(int.Parse(images), int.Parse(packages), report),
    ["finished", var count] => await Seed.Finished(int.Parse(count)),
    ["queue", var workers, var seconds] => await Queue.Run(int.Parse(workers), TimeSpan.FromSeconds(int.Parse(seconds))),
    ["bare", var file, var folder, .. var rest] => Bare.Run(file, folder, rest),
    _ => throw new ArgumentException("perf/service says how it is called"),
};
