using Plimsoll.Perf.Rollouts;

// The parts of perf/rollouts that are programs. It says what each is for.
//   operator COUNT WORKERS SECONDS MEGABYTES OPERATOR.DLL   a cluster of COUNT workloads, an operator process beside it in a container of MEGABYTES, and what it cost
//   bare FILE CLUSTER SERVICE COUNT WORKERS                 the requests in a file, for COUNT rollouts, by as many workers, with nothing in between
return args switch
{
    ["operator", var count, var workers, var seconds, var megabytes, var program] =>
        await Measurement.Run(int.Parse(count), int.Parse(workers), TimeSpan.FromSeconds(int.Parse(seconds)), int.Parse(megabytes), program),
    ["bare", var file, var cluster, var service, var count, var workers] => await Bare.Run(file, new Uri(cluster), new Uri(service), int.Parse(count), int.Parse(workers)),
    _ => throw new ArgumentException("perf/rollouts says how it is called"),
};
