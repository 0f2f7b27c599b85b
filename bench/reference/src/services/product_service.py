"""Product Service - Business Logic Layer"""
import uuid
from datetime import datetime
from typing import List

from src.models.product import Product
from src.models.requests import CreateProductRequest
from src.repositories.product_repository import ProductRepository
from src.validators.product_validator import ProductValidator


class ProductService:
    def __init__(self, repository: ProductRepository = None):
        self.repository = repository or ProductRepository()

    def _generate_product_id(self) -> str:
        uid = str(uuid.uuid4()).replace("-", "").upper()[:6]
        return f"PROD-{uid}"

    def _get_timestamp(self) -> str:
        return datetime.utcnow().isoformat() + "Z"

    def list_products(self) -> List[Product]:
        return self.repository.list_active_products()

    def create_product(self, request: CreateProductRequest) -> Product:
        data = request.model_dump()
        ProductValidator.validate_product_data(data)
        product_id = self._generate_product_id()
        timestamp = self._get_timestamp()
        product = Product(
            productId=product_id,
            name=request.name,
            description=request.description,
            price=request.price,
            currency=request.currency,
            period=request.period,
            features=request.features,
            active="true",
            createdAt=timestamp,
            updatedAt=timestamp,
        )
        return self.repository.create(product)
