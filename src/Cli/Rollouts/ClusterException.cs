namespace Plimsoll.Cli.Rollouts;

/// <summary>The cluster could not be asked, or its answer not be read. The message is one line that says why and what to do.</summary>
internal sealed class ClusterException(string message) : IOException(message);
