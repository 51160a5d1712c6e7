namespace Plimsoll.Store.Webhooks;

/// <summary>One attempt to deliver, held under a lease.</summary>
/// <param name="Owner">Of this attempt alone.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Secrets">Encrypted; each signs.</param>
internal sealed record Delivery(Guid Id, Guid Owner, int Attempt, Guid Event, string Url, IReadOnlyList<byte[]> Secrets, byte[] Payload);

/// <summary>How an attempt ended.</summary>
/// <param name="Status">Null when there was no answer.</param>
/// <param name="Text">The beginning of the answer's body.</param>
/// <param name="Error">Why it failed; null when the receiver took it.</param>
/// <param name="Wait">How long the receiver asks to be left alone.</param>
internal sealed record Answer(int? Status, TimeSpan Took, string? Text, string? Error, TimeSpan? Wait = null);
