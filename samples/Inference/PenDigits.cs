using HGQ;

namespace Inference;

/// <summary>Recognises a digit from eight points (x, y from 0 to 100) along the path of the pen. The model was trained by <c>hgq train</c>, see README.md.</summary>
[HgqModel("pendigits.hgq.json")]
public static partial class PenDigits;
