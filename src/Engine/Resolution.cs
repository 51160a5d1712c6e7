using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine;

/// <summary>What a reference points at, or why that cannot be told: one of the two is null.</summary>
public sealed record Resolution(Digest? Digest, Failure? Failure);
