using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>A fault that may be gone the next time. The request is made again, and only the last fault is told.</summary>
internal sealed class PassingFaultException : UnreadableImageException
{
    public PassingFaultException(string reason, string remedy = "try again later", TimeSpan? wait = null, Exception? cause = null) : base(reason, remedy, cause) =>
        (Wait, Kind) = (wait, FailureKind.Unavailable);

    /// <summary>How long the server asked to be left alone; null: it did not say.</summary>
    public TimeSpan? Wait { get; }
}
