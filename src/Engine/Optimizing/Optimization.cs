using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What came of an optimisation: an image, or why there is none.</summary>
public sealed record Optimization(OptimizedImage? Image, Failure? Failure);
