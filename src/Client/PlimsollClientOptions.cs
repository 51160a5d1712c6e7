namespace Plimsoll.Client;

/// <summary>Which service to speak to, and how patiently.</summary>
public sealed record PlimsollClientOptions(Uri Server)
{
    /// <summary>Sent with every request; null where the service asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>How often a request is made at most, when faults pass.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>A service that asks to wait longer than this before the next attempt gets none.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long nothing may be heard while a request is under way.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long the service may be gone while an inspection is waited for.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromMinutes(2);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
