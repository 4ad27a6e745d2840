// Which models there are, and whose key this is.

/** An endpoint that a model can be called on. The list is open. */
export type ModelEndpoint = "chat_completions" | "responses" | (string & {});

/** What `models.list` can be narrowed to. */
export interface ModelFilter {
  /** Default: models callable on chat completions. `responses` adds those that only exist there. */
  endpoint?: ModelEndpoint | undefined;
}

/** The data policy of a provider. The list is open. */
export type DataPolicyOfProvider = "none" | "no_training" | "zdr" | (string & {});

/** A provider that serves a model. */
export interface ModelProvider {
  /** The id of the provider. */
  name: string;
  /** The price of input, in USD per 1M tokens. */
  input_price: number;
  /** The price of output, in USD per 1M tokens. */
  output_price: number;
  /** What the provider promises about data. */
  data_policy?: DataPolicyOfProvider | null;
}

/** A model that can be called with this key. */
export interface Model {
  /** Auriko's name of the model; where an alias was asked for, what it stands for. */
  id: string;
  object: "model";
  /** When the model was created, in seconds since 1970. */
  created: number;
  /** `auriko`. */
  owned_by: string;
  /** How many tokens the context holds. */
  context_window?: number | null;
  /** Where the model can be called. */
  supported_endpoints?: ModelEndpoint[] | null;
  /** Who serves the model, and at which price. */
  providers?: ModelProvider[] | null;
}

/** What `models.list` resolves to. */
export interface ModelList {
  object: "list";
  /** The models that can be called with this key. */
  data: Model[];
  /** The version of the catalog. */
  catalog_version?: string | null;
  /** The age of the catalog, in seconds. */
  catalog_age_seconds?: number | null;
}

/** A price that holds under conditions. */
export interface PriceVariant {
  /** What is paid for, such as `input`. */
  role: string;
  /** In USD per 1M tokens. */
  price: number;
  /** The conditions, by name. */
  constraints: { [name: string]: unknown };
  /** The conditions in words. */
  description?: string | null;
}

/** A service tier of a provider and its prices. */
export interface Tier {
  /** What the routing option `tier` takes. */
  name: string;
  /** In USD per 1M tokens. */
  input_price?: number | null;
  /** In USD per 1M tokens. */
  output_price?: number | null;
  /** Of tokens read from the cache, in USD per 1M tokens. */
  cache_read_price?: number | null;
  /** Of tokens written to the cache, in USD per 1M tokens. */
  cache_write_price?: number | null;
  /** How fast the tier is, in words. */
  latency_hint?: string | null;
  /** Prices under conditions. */
  price_variants?: PriceVariant[] | null;
}

/** A provider of a model, in the directory. */
export interface DirectoryProvider {
  /** The id of the provider. */
  provider: string;
  /** The provider's name of the model. */
  provider_model_id: string;
  /** How many tokens the context holds. */
  context_window?: number | null;
  /** How many tokens an answer may have. */
  max_output_tokens?: number | null;
  /** What the model can do there, by name. */
  capabilities?: { [name: string]: boolean } | null;
  /** Such as `text` and `image`. */
  input_modalities?: string[] | null;
  /** Such as `text` and `image`. */
  output_modalities?: string[] | null;
  /** The hosted tools that can be used. */
  tools?: string[] | null;
  /** The service tiers and their prices. */
  tiers?: Tier[] | null;
  /** When this entry was last changed. */
  updated_at?: string | null;
  /** What the provider promises about data. */
  data_policy?: DataPolicyOfProvider | null;
  /** The parameters that the provider accepts, in the form the server keeps them. */
  accepted_params?: unknown;
  /** The parameters that the provider supports. */
  supported_parameters?: string[] | null;
  /** Where the model can be called. */
  supported_endpoints?: ModelEndpoint[] | null;
  /** When the provider stops to serve the model. */
  shutdown_at?: string | null;
}

/** A model and everyone who serves it, in the directory. */
export interface DirectoryModel {
  /** The family, such as `gpt-5`. */
  family: string;
  /** The name for people. */
  display_name: string;
  /** Who serves the model. */
  providers: DirectoryProvider[];
  /** Who made the model. */
  author?: string | null;
  /** The parameters that the model supports. */
  supported_parameters?: string[] | null;
  /** Other names of the model. */
  aliases?: string[] | null;
}

/** What `models.listDirectory` resolves to: the whole catalog, with prices. */
export interface ModelDirectory {
  /** The models, by id. */
  models: { [id: string]: DirectoryModel };
  /** When the catalog was made. */
  generated_at: string;
}

/** A model, in the registry. */
export interface RegistryModel {
  /** Auriko's name of the model. */
  id: string;
  /** The family, such as `gpt-5`. */
  family: string;
  /** The name for people. */
  display_name: string;
  /** What the model can do, by name. */
  capabilities: { [name: string]: boolean };
  /** Such as `text` and `image`. */
  input_modalities: string[];
  /** Such as `text` and `image`. */
  output_modalities: string[];
  /** The ids of the providers. */
  providers: string[];
  /** Whether a provider serves it for free. */
  has_free_provider: boolean;
  /** Who made the model. */
  author?: string | null;
}

/** What `models.listRegistry` resolves to. */
export interface ModelRegistry {
  /** All canonical models. */
  models: RegistryModel[];
  /** How many there are. */
  count: number;
  /** The ids of the models that Auriko's playground begins with. */
  playground_defaults?: string[] | null;
}

/** A provider, in the registry. */
export interface RegistryProvider {
  /** What the routing options `providers` and `prefer` take. */
  id: string;
  /** The name for people. */
  display_name: string;
  /** One or two sentences. */
  description: string;
  /** An icon. */
  icon: string;
  /** What the provider promises about data. */
  data_policy: DataPolicyOfProvider;
}

/** What `models.listProviders` resolves to. */
export interface ProviderRegistry {
  /** All providers. */
  providers: RegistryProvider[];
  /** How many there are. */
  count: number;
}

/** How many requests per minute a key may send. */
export interface RateLimits {
  /** Completions and responses, per minute. */
  inference_rpm: number;
  /** Reads of the management API, per minute. */
  management_reads_rpm: number;
  /** Writes of the management API, per minute. */
  management_writes_rpm: number;
}

/** What `me.get` resolves to: whose key this is and what it may do. */
export interface Identity {
  /** What kind of credential this is. */
  credential_type: "api_key" | (string & {});
  /** Whether the key is active. */
  status: string;
  /** What the key is for, such as `inference`. */
  profile: string;
  /** The id of the key. */
  key_id: string;
  /** The beginning of the key, to recognise it by. */
  key_prefix: string;
  /** The name of the key. */
  key_name: string;
  /** The workspace that the key belongs to. */
  workspace: { id: string; name: string };
  /** What the key may do. */
  scopes: string[];
  /** How many requests per minute the key may send. */
  rate_limits: RateLimits;
  /** When the key expires; null for never. */
  expires_at: string | null;
  /** When the key was made. */
  created_at: string;
}
