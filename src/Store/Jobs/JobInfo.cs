namespace Plimsoll.Store.Jobs;

/// <summary>A job as people see it.</summary>
/// <param name="Name">In metrics and in <c>/v1/jobs</c>. It never changes.</param>
/// <param name="Cron">When it fires, in UTC, in the form of Quartz: seconds first.</param>
/// <param name="Schedule">The same in words.</param>
/// <param name="What">What it does.</param>
internal sealed record JobInfo(string Name, string Cron, string Schedule, string What);
