namespace Plimsoll.Store.Jobs;

/// <summary>Work that is done on a schedule, by one process at a time. It can be cut off at any moment and run again.</summary>
internal interface IRecurringJob
{
    JobInfo Info { get; }

    /// <summary>Does it, and returns how many things it changed. What goes wrong is thrown: the run has failed then.</summary>
    Task<int> Run(CancellationToken ct);
}
