namespace Plimsoll.Store.Webhooks;

/// <summary>Where a delivery stands. The last two are final.</summary>
internal enum DeliveryState
{
    /// <summary>For its first attempt or its next.</summary>
    Waiting,
    Sending,
    Delivered,

    /// <summary>Every attempt failed.</summary>
    Dead,
}
