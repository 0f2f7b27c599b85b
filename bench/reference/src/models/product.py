from typing import List

from pydantic import BaseModel


class Product(BaseModel):
    productId: str
    name: str
    description: str
    price: str
    currency: str
    period: str
    features: List[str]
    active: str
    createdAt: str
    updatedAt: str
