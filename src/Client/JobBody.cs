namespace Plimsoll.Client;

/// <summary>A recurring job of the service, and how it fared in whichever process ran it.</summary>
/// <param name="Schedule">In words.</param>
/// <param name="What">What it does.</param>
/// <param name="Runs">That have ended, the failed ones included.</param>
/// <param name="LastRun">Null when it never ran.</param>
/// <param name="LastFailure">It stays when later runs succeed.</param>
public sealed record JobBody(string Name, string Schedule, string What, long Runs, long Failures, JobRunBody? LastRun, DateTimeOffset? LastSuccessAt, JobFailureBody? LastFailure);

/// <param name="Outcome"><c>succeeded</c> or <c>failed</c>.</param>
/// <param name="Process">The process that ran it.</param>
/// <param name="Changed">How many things it changed; null for one that failed.</param>
public sealed record JobRunBody(string Outcome, DateTimeOffset ScheduledFor, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string Process, int? Changed);

/// <param name="Error">What went wrong.</param>
public sealed record JobFailureBody(DateTimeOffset At, string Error);
