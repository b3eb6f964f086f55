using System;

namespace HGQ.Model.Verification;

/// <summary>Something that computes a model: the interpreter, generated code, emitted hardware, the network it was trained as.</summary>
public interface IInferenceEngine : IDisposable
{
    /// <summary>Short name, for example <c>csharp</c>.</summary>
    string Name { get; }

    /// <summary>Gets ready: compiles what is to be compiled. Called once, before the first block.</summary>
    /// <exception cref="EngineUnavailableException">It can't run on this machine.</exception>
    void Prepare();

    /// <summary>Computes a block.</summary>
    /// <exception cref="EngineUnavailableException">It can't run on this machine.</exception>
    EngineResults Run(VerificationVectors vectors);
}
